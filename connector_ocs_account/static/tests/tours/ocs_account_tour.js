/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("connector_ocs_account", {
    steps: () =>
        withTimeout([
            {
                content: "Exclude computers without a TAG of their own",
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
                content: "The number of fields is shown",
                trigger: ".o_notification:contains('4 administrative data fields')",
            },
            {
                content: "The page is still open and shows the choices",
                trigger: ".o_data_row .o_data_cell:contains('Sales, R&D')",
            },
            {
                content: "Map the TAG to a property",
                trigger:
                    ".o_data_row:contains('TAG') button[name='action_map_to_property']",
                run: "click",
            },
            {
                content: "It is mapped to a property",
                trigger: ".o_data_cell[name='target_property']:contains('TAG')",
            },
            {
                content: "Choose a target for the department",
                trigger:
                    ".o_data_row:contains('Department') .o_data_cell[name='target_field_id']",
                run: "click",
            },
            {
                content: "Search for the vendor reference",
                trigger: ".o_field_widget[name='target_field_id'] input",
                run: "edit Vendor Reference",
            },
            {
                content: "Select it",
                trigger: ".o-autocomplete--dropdown-item:contains('Vendor Reference')",
                run: "click",
            },
            ...stepUtils.saveForm(),
        ]),
});
