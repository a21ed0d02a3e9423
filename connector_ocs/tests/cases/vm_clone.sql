-- a cloned virtual machine keeps UUID and serial number; the original is deleted
INSERT INTO hardware (ID, DEVICEID, NAME, OSNAME, MEMORY, UUID, LASTDATE, LASTCOME)
VALUES (1, 'APP-PROD-2024-01-01-00-00-01', 'APP-PROD', 'Windows 11', 8192,
    '564D02BB-0000-4000-8000-00000000BEEF', '2026-11-01 08:00:00',
    '2026-11-01 08:00:00');
INSERT INTO bios (HARDWARE_ID, SMANUFACTURER, SMODEL, SSN, MSN, MMANUFACTURER, MMODEL)
VALUES (1, 'VMware, Inc.', 'VMware Virtual Platform',
    'VMware-56 4d 02 bb 00 00 40 00-80 00 00 00 00 00 be ef', '', 'VMware, Inc.', 'B1');
INSERT INTO accountinfo (HARDWARE_ID, TAG) VALUES (1, 'NA');
INSERT INTO networks (HARDWARE_ID, DESCRIPTION, MACADDR, IPADDRESS)
VALUES (1, 'eth0', '00:50:56:02:BB:01', '10.0.0.1');
-- ==> Odoo: Import changed computers
-- cloned VM, UUID kept
INSERT INTO hardware (ID, DEVICEID, NAME, OSNAME, MEMORY, UUID, LASTDATE, LASTCOME)
VALUES (2, 'APP-TEST-2024-01-01-00-00-02', 'APP-TEST', 'Windows 11', 8192,
    '564D02BB-0000-4000-8000-00000000BEEF', '2026-11-01 08:00:00',
    '2026-11-01 08:00:00');
INSERT INTO bios (HARDWARE_ID, SMANUFACTURER, SMODEL, SSN, MSN, MMANUFACTURER, MMODEL)
VALUES (2, 'VMware, Inc.', 'VMware Virtual Platform',
    'VMware-56 4d 02 bb 00 00 40 00-80 00 00 00 00 00 be ef', '', 'VMware, Inc.', 'B1');
INSERT INTO accountinfo (HARDWARE_ID, TAG) VALUES (2, 'NA');
INSERT INTO networks (HARDWARE_ID, DESCRIPTION, MACADDR, IPADDRESS)
VALUES (2, 'eth0', '00:50:56:02:BB:02', '10.0.0.2');
-- ==> Odoo: Import changed computers
-- APP-PROD deleted
DELETE FROM bios WHERE HARDWARE_ID = 1;
DELETE FROM accountinfo WHERE HARDWARE_ID = 1;
DELETE FROM monitors WHERE HARDWARE_ID = 1;
DELETE FROM networks WHERE HARDWARE_ID = 1;
DELETE FROM hardware WHERE ID = 1;
-- ==> Odoo: Import changed computers
