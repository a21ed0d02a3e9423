-- thirty computers
INSERT INTO hardware (ID, DEVICEID, NAME, OSNAME, UUID, MEMORY, LASTDATE, LASTCOME)
SELECT seq, CONCAT('PC29-', seq, '-2024-01-01-00-00-00'), CONCAT('PC29-', seq),
    'Windows 11', CONCAT('2929AAAA-0000-4000-8000-', LPAD(HEX(seq), 12, '0')),
    1024 * seq, '2026-11-01 08:00:00', '2026-11-01 08:00:00'
FROM seq_1_to_30;
INSERT INTO bios (HARDWARE_ID, SMANUFACTURER, SMODEL, SSN, TYPE)
SELECT seq, 'Dell Inc.', 'OptiPlex', CONCAT('SN29X', LPAD(seq, 4, '0')), 'Desktop'
FROM seq_1_to_30;
INSERT INTO accountinfo (HARDWARE_ID, TAG) SELECT seq, 'NA' FROM seq_1_to_30;
INSERT INTO networks (HARDWARE_ID, DESCRIPTION, MACADDR, IPADDRESS)
SELECT seq, 'eth0', CONCAT('02:29:AA:00:00:', LPAD(HEX(seq), 2, '0')),
    CONCAT('10.0.0.', seq)
FROM seq_1_to_30;
INSERT INTO monitors (HARDWARE_ID, MANUFACTURER, CAPTION, DESCRIPTION, SERIAL)
SELECT seq, 'Dell Inc.', 'DELL P2419H', '1/2020', CONCAT('MON29', LPAD(seq, 3, '0'))
FROM seq_1_to_30;
-- ==> Odoo: Import changed computers
-- a new OCS server: the agents keep their DEVICEIDs, and report in another order
DELETE FROM bios;
DELETE FROM accountinfo;
DELETE FROM monitors;
DELETE FROM networks;
DELETE FROM hardware;
INSERT INTO hardware (ID, DEVICEID, NAME, OSNAME, UUID, MEMORY, LASTDATE, LASTCOME)
SELECT 31 - seq, CONCAT('PC29-', seq, '-2024-01-01-00-00-00'), CONCAT('PC29-', seq),
    'Windows 11', CONCAT('2929AAAA-0000-4000-8000-', LPAD(HEX(seq), 12, '0')),
    1024 * seq, '2026-11-21 08:00:00', '2026-11-21 08:00:00'
FROM seq_1_to_30;
INSERT INTO bios (HARDWARE_ID, SMANUFACTURER, SMODEL, SSN, TYPE)
SELECT 31 - seq, 'Dell Inc.', 'OptiPlex', CONCAT('SN29X', LPAD(seq, 4, '0')), 'Desktop'
FROM seq_1_to_30;
INSERT INTO accountinfo (HARDWARE_ID, TAG) SELECT seq, 'NA' FROM seq_1_to_30;
INSERT INTO networks (HARDWARE_ID, DESCRIPTION, MACADDR, IPADDRESS)
SELECT 31 - seq, 'eth0', CONCAT('02:29:AA:00:00:', LPAD(HEX(seq), 2, '0')),
    CONCAT('10.0.0.', 31 - seq)
FROM seq_1_to_30;
INSERT INTO monitors (HARDWARE_ID, MANUFACTURER, CAPTION, DESCRIPTION, SERIAL)
SELECT 31 - seq, 'Dell Inc.', 'DELL P2419H', '1/2020',
    CONCAT('MON29', LPAD(seq, 3, '0'))
FROM seq_1_to_30;
-- ==> Odoo: Import changed computers
