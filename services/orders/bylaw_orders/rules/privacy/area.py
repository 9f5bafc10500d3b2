"""The province or country of a recipient: all that is kept in clear, and only where it is one that is known (CUS-1).

Whatever else stands in that field (a column that has moved may hold a name) stays sealed.
"""

import re

_PROVINCES = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
]
_HERE = ("中国", "中华人民共和国")
_PROVINCE = re.compile(f"(?:{'|'.join(_HERE)})?\\s*({'|'.join(_PROVINCES)})")
_ABROAD = [
    "美国",
    "英国",
    "法国",
    "德国",
    "日本",
    "韩国",
    "加拿大",
    "澳大利亚",
    "新加坡",
    "马来西亚",
    "泰国",
    "越南",
    "印度",
    "意大利",
    "西班牙",
    "荷兰",
    "俄罗斯",
    "巴西",
    "新西兰",
    "爱尔兰",
    "瑞士",
    "瑞典",
    "比利时",
    "中国",
]
# The names of ISO 3166, and how shops write some of them.
_COUNTRIES = """
Afghanistan; Albania; Algeria; Andorra; Angola; Anguilla; Antarctica; Antigua & Barbuda; Argentina; Armenia;
Aruba; Australia; Austria; Azerbaijan; Bahamas; Bahrain; Bangladesh; Barbados; Belarus; Belgium; Belize; Benin;
Bermuda; Bhutan; Bolivia; Bosnia & Herzegovina; Botswana; Bouvet Island; Brazil; Britain (UK); British Indian
Ocean Territory; Brunei; Bulgaria; Burkina Faso; Burma; Burundi; Cambodia; Cameroon; Canada; Cape Verde;
Caribbean NL; Cayman Islands; Central African Rep.; Chad; Channel Islands; Chile; China; Christmas Island; Cocos
(Keeling) Islands; Colombia; Comoros; Congo (Dem. Rep.); Congo (Rep.); Cook Islands; Costa Rica; Croatia; Cuba;
Curaçao; Cyprus; Czech Republic; Czechia; Côte d'Ivoire; Denmark; Djibouti; Dominica; Dominican Republic; East
Timor; Ecuador; Egypt; EIRE; El Salvador; Equatorial Guinea; Eritrea; Estonia; Eswatini (Swaziland); Ethiopia;
European Community; Falkland Islands; Faroe Islands; Fiji; Finland; France; French Guiana; French Polynesia;
French S. Terr.; Gabon; Gambia; GB; Georgia; Germany; Ghana; Gibraltar; Great Britain; Greece; Greenland;
Grenada; Guadeloupe; Guam; Guatemala; Guernsey; Guinea; Guinea-Bissau; Guyana; Haiti; Heard Island & McDonald
Islands; Holland; Honduras; Hong Kong; Hong Kong SAR; Hungary; Iceland; India; Indonesia; Iran; Iraq; Ireland;
Isle of Man; Israel; Italy; Ivory Coast; Jamaica; Japan; Jersey; Jordan; Kazakhstan; Kenya; Kiribati; Korea;
Korea (North); Korea (South); Kuwait; Kyrgyzstan; Laos; Latvia; Lebanon; Lesotho; Liberia; Libya; Liechtenstein;
Lithuania; Luxembourg; Macao; Macau; Madagascar; Malawi; Malaysia; Maldives; Mali; Malta; Marshall Islands;
Martinique; Mauritania; Mauritius; Mayotte; Mexico; Micronesia; Moldova; Monaco; Mongolia; Montenegro;
Montserrat; Morocco; Mozambique; Myanmar; Myanmar (Burma); Namibia; Nauru; Nepal; Netherlands; New Caledonia;
New Zealand; Nicaragua; Niger; Nigeria; Niue; Norfolk Island; North Macedonia; Northern Mariana Islands; Norway;
Oman; Pakistan; Palau; Palestine; Panama; Papua New Guinea; Paraguay; Peru; Philippines; Pitcairn; Poland;
Portugal; Puerto Rico; Qatar; Romania; RSA; Russia; Russian Federation; Rwanda; Réunion; Samoa (American); Samoa
(western); San Marino; Sao Tome & Principe; Saudi Arabia; Senegal; Serbia; Seychelles; Sierra Leone; Singapore;
Slovakia; Slovenia; Solomon Islands; Somalia; South Africa; South Georgia & the South Sandwich Islands; South
Korea; South Sudan; Spain; Sri Lanka; St Barthelemy; St Helena; St Kitts & Nevis; St Lucia; St Maarten (Dutch);
St Martin (French); St Pierre & Miquelon; St Vincent; Sudan; Suriname; Svalbard & Jan Mayen; Sweden;
Switzerland; Syria; Taiwan; Tajikistan; Tanzania; Thailand; Togo; Tokelau; Tonga; Trinidad & Tobago; Tunisia;
Turkey; Turkiye; Turkmenistan; Turks & Caicos Is; Tuvalu; Türkiye; UAE; Uganda; UK; Ukraine; United Arab
Emirates; United Kingdom; United States; United States of America; Unspecified; Uruguay; US; US minor outlying
islands; USA; Uzbekistan; Vanuatu; Vatican City; Venezuela; Viet Nam; Vietnam; Virgin Islands (UK); Virgin
Islands (US); Wallis & Futuna; Western Sahara; Yemen; Zambia; Zimbabwe; Åland Islands
"""
_KNOWN = {name.strip().casefold(): name.strip() for name in _COUNTRIES.replace("\n", " ").split(";")} | {
    name: name for name in _ABROAD
}


def area(region: str, address: str = "") -> str:
    """The province of China or the country; empty where none is recognised.

    `region` counts first; an address counts where it begins with a province.
    """
    if not region and not address:
        return ""
    if found := _PROVINCE.match(region.strip()) or (None if region else _PROVINCE.match(address.strip())):
        return found[1]
    parts = re.split(r"[,，;/|]", region[:200])
    for part in (region[:200], parts[-1], parts[0]):
        if known := _KNOWN.get(part.strip().casefold()):
            return known
    return ""
