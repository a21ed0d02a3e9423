Optional capabilities are addons of their own: the change log, rules, administrative
data, duplicates and merging. *Maintenance Equipment Hardware* holds the hardware,
components and monitors of assets, and does not need OCS.
