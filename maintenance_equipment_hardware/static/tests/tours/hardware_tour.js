/** @odoo-module **/

import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("maintenance_equipment_hardware", {
    url: "/odoo/action-maintenance_equipment_hardware.maintenance_equipment_component_action",
    steps: () =>
        [
            {
                content: "Open the disks",
                trigger: ".o_group_header:contains('Disk')",
                run: "click",
            },
            {
                content: "Open the disk, whose size is formatted",
                trigger:
                    ".o_data_row:contains('931.5 GB') .o_data_cell:contains('ST1000DM010')",
                run: "click",
            },
            {
                content: "Open the computer it is in",
                trigger:
                    ".o_form_view .o_field_widget[name='equipment_id'] a:contains('PC-1')",
                run: "click",
            },
            {
                content: "The hardware page is open",
                trigger: ".o_notebook .nav-link.active[name='hardware']",
            },
            {
                content: "The processor is listed",
                trigger:
                    ".o_field_widget[name='processor_ids']:contains('Intel Core i5')",
            },
            {
                content: "The memory is listed with the empty slot",
                trigger:
                    ".o_field_widget[name='memory_ids'] tr.o_data_row.text-muted:contains('3')",
            },
            {
                content: "The disk is listed",
                trigger: ".o_field_widget[name='disk_ids']:contains('931.5 GB')",
            },
            {
                content: "The volume is listed",
                trigger: ".o_field_widget[name='volume_ids']:contains('465.8 GB')",
            },
            {
                content: "One interface has both addresses",
                trigger:
                    ".o_field_widget[name='network_ids'] .o_data_row:contains('192.0.2.10, fe80::1')",
            },
            {
                content: "There is no list of graphics adapters",
                trigger: ".o_form_view:not(:has(.o_field_widget[name='graphics_ids']))",
            },
        ].map((step) => ({timeout: 60000, ...step})),
});
