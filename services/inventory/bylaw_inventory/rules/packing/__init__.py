"""What goes into a parcel, checked scan by scan (WHS-3, WHS-12)."""
