/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("connector_ocs_import", {
    url: "/odoo",
    steps: () =>
        withTimeout([
            stepUtils.showAppsMenuItem(),
            {
                content: "Open Maintenance",
                trigger: ".o_app[data-menu-xmlid='maintenance.menu_maintenance_title']",
                run: "click",
            },
            {
                content: "Open the menu of OCS",
                trigger: "[data-menu-xmlid='connector_ocs.menu_ocs']",
                run: "click",
            },
            {
                content: "Open the backends",
                trigger: "[data-menu-xmlid='connector_ocs.menu_ocs_backends']",
                run: "click",
            },
            {
                content: "Open the backend",
                trigger: ".o_data_row .o_data_cell:contains('OCS of the live tests')",
                run: "click",
            },
            {
                content: "Test the connection",
                trigger: "button[name='action_test_connection']",
                run: "click",
            },
            {
                content: "The notification shows the OCS version",
                trigger:
                    ".o_notification:contains('Connected to OCS Inventory 2.12.4'):contains('3 computers')",
            },
            {
                content: "The release is shown",
                trigger: ".o_field_widget[name='ocs_release']:contains('2.12.4')",
            },
            {
                content: "Import",
                trigger: "button[name='action_import_changed']:enabled",
                run: "click",
            },
            {
                content: "The import is started",
                trigger: ".o_notification:contains('Import started')",
            },
            {
                content: "The computers that were not imported are counted",
                trigger: "button[name='action_view_issues']:contains('1')",
            },
            {
                content: "Open the computers",
                trigger: "button[name='action_view_computers']:contains('2')",
                run: "click",
            },
            {
                content: "Open a computer",
                trigger: ".o_data_row .o_data_cell:contains('PC-1')",
                run: "click",
            },
            {
                content: "The memory modules are summarized",
                trigger:
                    ".o_field_widget[name='memory_modules']:contains('2x8192MB + 1x4096MB')",
            },
            {
                content: "Open its asset",
                trigger: "button[name='action_open_equipment']",
                run: "click",
            },
            {
                content: "The hardware page is open",
                trigger: ".o_notebook .nav-link.active[name='hardware']",
            },
            {
                content: "The monitor is listed",
                trigger:
                    ".o_field_widget[name='monitor_ids'] .o_data_cell:contains('CN0ABC123')",
            },
            {
                content: "Open the OCS page",
                trigger: ".o_notebook .nav-link[name='ocs']",
                run: "click",
            },
            {
                content: "The placeholder serial number is explained",
                trigger: ".o_kanban_record .alert:contains('placeholder')",
            },
            {
                content: "Import this computer",
                trigger: "button[name='action_ocs_import_now']",
                run: "click",
            },
            {
                content: "It is imported",
                trigger: ".o_notification:contains('“PC-1” was imported')",
            },
            {
                content: "The form has been reloaded",
                trigger: "button[name='action_ocs_import_now']:enabled",
            },
        ]),
});

registry.category("web_tour.tours").add("connector_ocs_not_imported", {
    url: "/odoo/action-connector_ocs.ocs_import_issue_action",
    steps: () =>
        withTimeout([
            {
                content: "Select the failed computer, whose reason is shown",
                trigger:
                    ".o_data_row:contains('PC-1'):contains('The reason.') .o_list_record_selector input",
                run: "click",
            },
            {
                content: "Retry",
                trigger: ".o_control_panel button:contains('Retry')",
                run: "click",
            },
            {
                content: "It is imported",
                trigger: ".o_view_nocontent:contains('Nothing to do')",
            },
        ]),
});
