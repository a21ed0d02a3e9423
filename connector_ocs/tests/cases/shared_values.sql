-- sixty computers: number i and i + 30 report one serial number and one monitor
INSERT INTO hardware (ID, DEVICEID, NAME, UUID, MEMORY, LASTDATE, LASTCOME)
SELECT seq, CONCAT('PG-', seq, '-2024-01-01-00-00-00'), CONCAT('PG-', seq),
    CONCAT('3030AAAA-0000-4000-8000-', LPAD(seq, 12, '0')), 8192,
    '2026-11-01 08:00:00', '2026-11-01 08:00:00'
FROM seq_1_to_60;
INSERT INTO bios (HARDWARE_ID, SMANUFACTURER, SMODEL, SSN)
SELECT seq, 'ACME', 'Box', CONCAT('SN30X', LPAD(seq % 30, 4, '0')) FROM seq_1_to_60;
INSERT INTO accountinfo (HARDWARE_ID, TAG) SELECT seq, 'NA' FROM seq_1_to_60;
INSERT INTO networks (HARDWARE_ID, DESCRIPTION, MACADDR)
SELECT seq, 'eth0', CONCAT('02:30:AA:00:00:', LPAD(HEX(seq), 2, '0'))
FROM seq_1_to_60;
INSERT INTO monitors (HARDWARE_ID, MANUFACTURER, CAPTION, DESCRIPTION, SERIAL)
SELECT seq, 'Dell', 'P2419H', '1/2020', CONCAT('MON30', LPAD(seq % 30, 4, '0'))
FROM seq_1_to_60;
-- ==> Odoo: Import changed computers
