Import the software that OCS Inventory NG finds on computers: titles, publishers,
versions and installations, with the number of computers of each.
