A monitor shows on which computers it was, and when; a computer its former monitors. One
that is unplugged stays linked, is taken off, or is archived after some days. An asset
that was entered by hand is found by its serial number.
