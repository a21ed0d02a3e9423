-- ten monitors whose EDID has a default serial number, 0x01010101
INSERT INTO hardware (ID, DEVICEID, NAME, OSNAME, UUID, LASTDATE, LASTCOME)
SELECT seq, CONCAT('OFFICE-', seq, '-2024-01-01-00-00-00'), CONCAT('OFFICE-', seq),
    'Windows 11', CONCAT('0101AAAA-0000-4000-8000-', LPAD(HEX(seq), 12, '0')),
    '2026-11-01 08:00:00', '2026-11-01 08:00:00'
FROM seq_1_to_10;
INSERT INTO bios (HARDWARE_ID, SMANUFACTURER, SMODEL, SSN, TYPE)
SELECT seq, 'Dell Inc.', 'OptiPlex', CONCAT('SN01X', LPAD(seq, 4, '0')), 'Desktop'
FROM seq_1_to_10;
INSERT INTO accountinfo (HARDWARE_ID, TAG) SELECT seq, 'NA' FROM seq_1_to_10;
INSERT INTO networks (HARDWARE_ID, DESCRIPTION, MACADDR)
SELECT seq, 'eth0', CONCAT('02:01:AA:00:00:', LPAD(HEX(seq), 2, '0'))
FROM seq_1_to_10;
INSERT INTO monitors (HARDWARE_ID, MANUFACTURER, CAPTION, DESCRIPTION, SERIAL)
SELECT seq, 'Dell Inc.', 'DELL P2419H', CONCAT(seq, '/2020'), '16843009'
FROM seq_1_to_10;
-- ==> Odoo: Import changed computers
-- inventoried one after the other, the last one first
UPDATE hardware SET LASTDATE = '2026-11-02 08:00:10' - INTERVAL ID SECOND;
-- ==> Odoo: Import changed computers
