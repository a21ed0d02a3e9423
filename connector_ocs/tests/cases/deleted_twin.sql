-- two computers in use share a serial number; the older one is deleted
INSERT INTO hardware (ID, DEVICEID, NAME, OSNAME, PROCESSORT, MEMORY, UUID, LASTDATE,
    LASTCOME)
VALUES (1, 'KASSE-1-2024-01-01-00-00-01', 'KASSE-1', 'Windows 11', 'Intel i5', 8192,
    '03000200-0400-0500-0006-000700080009', '2026-11-01 08:00:00',
    '2026-11-01 08:00:00');
INSERT INTO bios (HARDWARE_ID, SMANUFACTURER, SMODEL, SSN, MSN, MMANUFACTURER, MMODEL)
VALUES (1, 'Dell Inc.', 'Mini PC', 'SER02WHITEBOX', 'BRD02A', 'Dell Inc.', 'B1');
INSERT INTO accountinfo (HARDWARE_ID, TAG) VALUES (1, 'NA');
INSERT INTO networks (HARDWARE_ID, DESCRIPTION, MACADDR, IPADDRESS)
VALUES (1, 'eth0', '02:02:AA:00:00:01', '10.0.0.1');
-- ==> Odoo: Import changed computers
-- later a second machine of the same maker has the same serial number, and the same
-- UUID, the default of its firmware
INSERT INTO hardware (ID, DEVICEID, NAME, OSNAME, PROCESSORT, MEMORY, UUID, LASTDATE,
    LASTCOME)
VALUES (2, 'LAGER-7-2024-01-01-00-00-02', 'LAGER-7', 'Windows 11', 'AMD Ryzen 7',
    32768, '03000200-0400-0500-0006-000700080009', '2026-11-01 08:00:00',
    '2026-11-01 08:00:00');
INSERT INTO bios (HARDWARE_ID, SMANUFACTURER, SMODEL, SSN, MSN, MMANUFACTURER, MMODEL)
VALUES (2, 'Dell Inc.', 'Mini PC', 'SER02WHITEBOX', 'BRD02B', 'Dell Inc.', 'B1');
INSERT INTO accountinfo (HARDWARE_ID, TAG) VALUES (2, 'NA');
INSERT INTO networks (HARDWARE_ID, DESCRIPTION, MACADDR, IPADDRESS)
VALUES (2, 'eth0', '02:02:AA:00:00:02', '10.0.0.2');
INSERT INTO monitors (HARDWARE_ID, MANUFACTURER, CAPTION, DESCRIPTION, SERIAL)
VALUES (2, 'Dell Inc.', 'DELL P2419H', '1/2020', 'MON02LAGER');
-- ==> Odoo: Import changed computers
-- both live for weeks, both inventoried
UPDATE hardware SET LASTDATE = '2026-11-20 08:00:00' WHERE ID IN (1, 2);
-- ==> Odoo: Import changed computers
-- the first one is scrapped: deleted in the OCS console
DELETE FROM bios WHERE HARDWARE_ID = 1;
DELETE FROM accountinfo WHERE HARDWARE_ID = 1;
DELETE FROM monitors WHERE HARDWARE_ID = 1;
DELETE FROM networks WHERE HARDWARE_ID = 1;
DELETE FROM hardware WHERE ID = 1;
-- ==> Odoo: Import changed computers
