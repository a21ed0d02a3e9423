The employee who uses a computer in OCS Inventory NG has the asset.
