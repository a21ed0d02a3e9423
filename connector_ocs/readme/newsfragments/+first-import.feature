Import the computers and monitors of OCS Inventory NG as maintenance equipment.
