"""What is said of faults in parameters that need no figure: pydantic's kinds of errors, each in both languages.

Each is a sentence without its subject, which is the field: "须为整数", "must be a whole number".
"""

from collections.abc import Mapping
from types import MappingProxyType

from bylaw_hooks import Both

GENERAL = Both(
    "不合要求，具体原因不详；请对照该参数的说明，或询问插件作者",
    "is not accepted, and why is not known here; see what is said of the parameter, or ask the plugin's author",
)
NO_KIND = Both("与这里允许的任何一种形式都不符", "fits none of the forms that are allowed here")

MISSING = Both("必须填写", "must be given")
WHOLE = Both("须为整数", "must be a whole number")
NUMBER = Both("须为数字", "must be a number")
DECIMAL = Both("须为十进制数", "must be a decimal number")
SWITCH = Both("须为“true”(是)或“false”(否)", "must be true or false")
TEXT = Both("须为文本", "must be text")
LIST = Both("须为列表", "must be a list")
OBJECT = Both("须为由名称和值组成的对象", "must be an object of names and values")
DATE = Both("须为存在的日期，如 2026-01-31", "must be a date that exists, such as 2026-01-31")
TIME = Both("须为时刻，如 08:30", "must be a time of day, such as 08:30")
MOMENT = Both(
    "须为日期和时刻，如“2026-01-31T08:30:00+08:00”", "must be a date and a time, such as “2026-01-31T08:30:00+08:00”"
)
PAST = Both("须早于现在", "must be in the past")
FUTURE = Both("须晚于现在", "must be in the future")
DURATION = Both("须为时长，如“PT1H30M”(1 小时 30 分钟)", "must be a duration, such as “PT1H30M” for an hour and a half")
ADDRESS = Both(
    "须为完整的网址，如“https://example.com/”", "must be a complete web address, such as “https://example.com/”"
)
IDENTIFIER = Both("须为 UUID，共 32 个十六进制字符", "must be a UUID, 32 hexadecimal characters")
FRACTION = Both("须为分数，如“1/3”", "must be a fraction, such as “1/3”")
COMPLEX = Both("须为复数，如“1+2j”", "must be a complex number, such as “1+2j”")
NESTED = Both("嵌套过深", "is nested too deep")
FIXED_ONCE = Both("已定，不可更改", "is settled and cannot be changed")
NOT_IN_JSON = Both(
    "无法填写，因为其类型在 JSON 中无法表示；请询问插件作者",
    "cannot be given, for JSON has no value of its type; ask the plugin's author",
)

FIXED: Mapping[str, Both] = MappingProxyType(
    {
        "missing": MISSING,
        "missing_argument": MISSING,
        "missing_keyword_only_argument": MISSING,
        "missing_positional_only_argument": MISSING,
        "multiple_argument_values": Both("只可填写一次", "may be given only once"),
        "int_type": WHOLE,
        "int_parsing": WHOLE,
        "int_from_float": Both("须为整数，不可有小数", "must be a whole number, without a fraction"),
        "int_parsing_size": Both("须为位数较少的整数", "must be a whole number of fewer digits"),
        "float_type": NUMBER,
        "float_parsing": NUMBER,
        "finite_number": Both("须为有限的数字", "must be a finite number"),
        "decimal_type": DECIMAL,
        "decimal_parsing": DECIMAL,
        "fraction_type": FRACTION,
        "fraction_parsing": FRACTION,
        "complex_type": COMPLEX,
        "complex_str_parsing": COMPLEX,
        "bool_type": SWITCH,
        "bool_parsing": SWITCH,
        "none_required": Both("须为空(“null”)", "must be empty (null)"),
        "string_type": TEXT,
        "string_sub_type": TEXT,
        "string_unicode": TEXT,
        "string_not_ascii": Both(
            "只可用英文字母、数字和半角符号", "may hold only letters without accents, digits and plain signs"
        ),
        "bytes_type": TEXT,
        "bytes_invalid_encoding": Both("编码有误", "is not encoded as it should be"),
        "list_type": LIST,
        "tuple_type": LIST,
        "set_type": LIST,
        "frozen_set_type": LIST,
        "deque_type": LIST,
        "iterable_type": LIST,
        "set_item_not_hashable": Both("不可为列表或对象", "cannot be a list or an object"),
        "dict_type": OBJECT,
        "frozen_dict_type": OBJECT,
        "ordered_dict_type": OBJECT,
        "counter_type": OBJECT,
        "mapping_type": OBJECT,
        "model_type": OBJECT,
        "model_attributes_type": OBJECT,
        "dataclass_type": OBJECT,
        "named_tuple_type": OBJECT,
        "arguments_type": OBJECT,
        "invalid_key": Both("名称须为文本", "must have texts as names"),
        "date_type": DATE,
        "date_parsing": DATE,
        "date_from_datetime_parsing": DATE,
        "date_from_datetime_inexact": Both("须为日期，不可带时刻", "must be a date without a time of day"),
        "date_past": Both("须早于今天", "must be before today"),
        "date_future": Both("须晚于今天", "must be after today"),
        "time_type": TIME,
        "time_parsing": TIME,
        "datetime_type": MOMENT,
        "datetime_parsing": MOMENT,
        "datetime_object_invalid": MOMENT,
        "datetime_from_date_parsing": MOMENT,
        "datetime_past": PAST,
        "datetime_future": FUTURE,
        "timezone_naive": Both("不可带时区", "may not have a time zone"),
        "timezone_aware": Both("须带时区，如“+08:00”", "must have a time zone, such as “+08:00”"),
        "time_delta_type": DURATION,
        "time_delta_parsing": DURATION,
        "url_type": ADDRESS,
        "url_parsing": ADDRESS,
        "url_syntax_violation": ADDRESS,
        "uuid_type": IDENTIFIER,
        "uuid_parsing": IDENTIFIER,
        "recursion_loop": NESTED,
        "recursion_depth_exceeded": NESTED,
        "default_factory_not_called": Both(
            "其默认值取决于其他有误的参数，请先更正那些参数",
            "has a default that depends on others at fault; correct those first",
        ),
        "frozen_field": FIXED_ONCE,
        "frozen_instance": FIXED_ONCE,
        "json_type": Both("须为 JSON 文本", "must be JSON text"),
        "is_instance_of": NOT_IN_JSON,
        "is_subclass_of": NOT_IN_JSON,
        "callable_type": NOT_IN_JSON,
        "needs_python_object": NOT_IN_JSON,
        "missing_sentinel_error": NOT_IN_JSON,
        "ellipsis_error": NOT_IN_JSON,
        "dataclass_exact_type": NOT_IN_JSON,
    }
)
