Administrative data of OCS (accountinfo) fill fields of the asset, or properties of its
category, as the administrator maps them. Lists of TAGs decide which computers are
imported.
