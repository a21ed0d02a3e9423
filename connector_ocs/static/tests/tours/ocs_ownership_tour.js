/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("connector_ocs_reset_to_ocs", {
    url: "/odoo/action-connector_ocs.ocs_computer_binding_action",
    steps: () =>
        withTimeout([
            {
                content: "Open the computer",
                trigger: ".o_data_row .o_data_cell:contains('PC-1')",
                run: "click",
            },
            {
                content: "Open its asset",
                trigger: "button[name='action_open_equipment']",
                run: "click",
            },
            {
                content: "No field is locked yet",
                trigger:
                    ".o_form_view:not(:has(.o_field_widget[name='ocs_locked_labels']))",
            },
            {
                content: "Change the name",
                trigger: ".o_field_widget[name='name'] input",
                run: "edit Reception",
            },
            {
                content: "Open the OCS page",
                trigger: ".o_notebook .nav-link[name='ocs']",
                run: "click",
            },
            {
                content: "Import this computer",
                trigger: "button[name='action_ocs_import_now']",
                run: "click",
            },
            {
                content: "The name is locked",
                trigger:
                    ".o_field_widget[name='ocs_locked_labels']:contains('Equipment Name')",
            },
            {
                content: "The import is done",
                trigger: ".o_notification:contains('was imported')",
            },
            {
                content: "The form has been reloaded",
                trigger: "button[name='action_ocs_import_now']:enabled",
            },
            {
                content: "The changed name is kept",
                trigger: ".o_field_widget[name='name'] input:value(Reception)",
            },
            {
                content: "OCS has another value; double-click to reset the name",
                trigger:
                    ".o_ocs_field_differences tr[data-field='name']:contains('Reception'):contains('PC-1') .o_ocs_reset:enabled",
                run: "dblclick",
            },
            {
                content: "The name is the OCS value again",
                trigger: ".o_field_widget[name='name'] input:value(PC-1)",
            },
            {
                content: "No field is locked anymore",
                trigger: ".o_form_view:not(:has(.o_ocs_field_differences))",
            },
        ]),
});

registry.category("web_tour.tours").add("connector_ocs_ownership", {
    url: "/odoo/action-connector_ocs.ocs_backend_action",
    steps: () =>
        withTimeout([
            {
                content: "Open the backend",
                trigger: ".o_data_row .o_data_cell:contains('OCS of the live tests')",
                run: "click",
            },
            {
                content: "Open the ownership of fields",
                trigger: ".o_notebook .nav-link[name='ownership']",
                run: "click",
            },
            {
                content: "The name is on the list",
                trigger:
                    ".o_field_widget[name='ownership_ids'] .o_data_row:contains('Equipment Name'):contains('Until Edited')",
            },
            {
                content: "Add a field",
                trigger:
                    ".o_field_widget[name='ownership_ids'] .o_field_x2many_list_row_add a",
                run: "click",
            },
            {
                content: "Search for it by its label",
                trigger: ".o_selected_row .o_field_widget[name='field_id'] input",
                run: "edit Warranty",
            },
            {
                content: "Select it",
                trigger:
                    ".o-autocomplete--dropdown-item a:contains('Warranty Expiration Date')",
                run: "click",
            },
            ...stepUtils.saveForm(),
            {
                content: "Its technical name is shown",
                trigger:
                    ".o_field_widget[name='ownership_ids'] .o_data_cell:contains('warranty_date')",
            },
        ]),
});
