Import the software that OCS Inventory NG finds on computers.
