/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("connector_ocs_rule", {
    url: "/odoo/action-connector_ocs_rule.ocs_rule_action",
    steps: () =>
        withTimeout([
            {
                content: "Create a rule",
                trigger: ".o_list_button_add",
                run: "click",
            },
            {
                content: "Name it",
                trigger: ".o_field_widget[name='name'] input",
                run: "edit Computers of Paris",
            },
            {
                content: "Add a condition",
                trigger:
                    ".o_field_widget[name='condition_ids'] .o_field_x2many_list_row_add a",
                run: "click",
            },
            {
                content: "Open the list of facts",
                trigger: ".o_selected_row .o_field_widget[name='fact'] input",
                run: "click",
            },
            {
                content: "Select the IP address",
                trigger: ".o_select_menu_item:contains('IP address')",
                run: "click",
            },
            {
                content: "It is compared with a network",
                trigger:
                    ".o_selected_row .o_field_widget[name='operator'] input:value(is in network)",
            },
            {
                content: "Enter the network",
                trigger: ".o_selected_row .o_field_widget[name='value'] input",
                run: "edit 192.0.2.0/24",
            },
            {
                content: "Enter a location",
                trigger: ".o_field_widget[name='location'] input",
                run: "edit Rue de Rivoli",
            },
            {
                content: "Save",
                trigger: ".o_form_button_save",
                run: "click",
            },
            {
                content: "It is saved",
                trigger: ".o_form_saved",
            },
            {
                content: "Open the menu of OCS",
                trigger: "[data-menu-xmlid='connector_ocs.menu_ocs']",
                run: "click",
            },
            {
                content: "Open the computers",
                trigger: "[data-menu-xmlid='connector_ocs.menu_ocs_computers']",
                run: "click",
            },
            {
                content: "Open a computer",
                trigger: ".o_data_row .o_data_cell:contains('PC-1')",
                run: "click",
            },
            {
                content: "Explain the rules",
                trigger: "button[name='action_explain_rules']",
                run: "click",
            },
            {
                content: "The rule and its value are listed",
                trigger:
                    ".modal .o_field_widget[name='given_ids'] .o_data_row:contains('Computers of Paris'):contains('Rue de Rivoli'):contains('Not set on the asset')",
            },
            {
                content: "The OCS values are listed",
                trigger:
                    ".modal .o_field_widget[name='fact_ids'] .o_data_row:contains('192.0.2.1')",
            },
            {
                content: "Close",
                trigger: ".modal footer button:contains('Close')",
                run: "click",
            },
            {
                content: "Import it",
                trigger: "button[name='action_import_now']",
                run: "click",
            },
            {
                content: "The location is set",
                trigger: ".o_field_widget[name='location']:contains('Rue de Rivoli')",
            },
        ]),
});
