/** @odoo-module **/

import {patient} from "@connector_ocs/../tests/tours/patient";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("connector_ocs_account", {
    steps: () => patient([
        {
            content: "Leave out computers without a TAG of their own",
            trigger: ".o_field_widget[name='tag_exclude'] textarea",
            run: "edit NA",
        },
        {
            content: "Open the administrative data",
            trigger: "a.nav-link[name='account']",
            run: "click",
        },
        {
            content: "Read the fields",
            trigger: "button[name='action_read_account_fields']",
            run: "click",
        },
        {
            content: "It says how many there are",
            trigger: ".o_notification:contains('4 fields')",
        },
        {
            content: "The page is open, the choices are there",
            trigger: ".o_data_row .o_data_cell:contains('Sales, R&D')",
        },
        {
            content: "Make the TAG a property",
            trigger:
                ".o_data_row:contains('TAG') button[name='action_map_to_property']",
            run: "click",
        },
        {
            content: "It is one",
            trigger:
                ".o_data_cell[name='target_property']:contains('TAG')",
        },
        {
            content: "Choose a target for the department",
            trigger:
                ".o_data_row:contains('Department') .o_data_cell[name='target_field_id']",
            run: "click",
        },
        {
            content: "Look for the vendor reference",
            trigger: ".o_field_widget[name='target_field_id'] input",
            run: "edit Vendor Reference",
        },
        {
            content: "Choose it",
            trigger: ".o-autocomplete--dropdown-item:contains('Vendor Reference')",
            run: "click",
        },
        ...stepUtils.saveForm(),
    ]),
});
