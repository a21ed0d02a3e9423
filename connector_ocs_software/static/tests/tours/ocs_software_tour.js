/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("connector_ocs_software", {
    url: "/odoo/action-connector_ocs_software.ocs_software_action",
    steps: () =>
        withTimeout([
            {
                content: "Sort by the number of computers",
                trigger: "th[data-name='computer_count']",
                run: "click",
            },
            {
                content: "Open a title that two computers have",
                trigger:
                    ".o_data_row:has([name='computer_count']:contains('2')) [name='name']:contains('Firefox')",
                run: "click",
            },
            {
                content: "The version is listed",
                trigger:
                    ".o_field_widget[name='version_ids'] .o_data_cell:contains('125.0')",
            },
            {
                content: "Open the computers that have it",
                trigger: "button.oe_stat_button[name='action_view_computers']",
                run: "click",
            },
            {
                content: "Open one",
                trigger:
                    ".o_kanban_record:contains('PC-1'), .o_data_cell:contains('PC-1')",
                run: "click",
            },
            {
                content: "Open its two titles",
                trigger: "button[name='action_view_ocs_software']:contains('2')",
                run: "click",
            },
            {
                content: "The titles are listed",
                trigger: ".o_data_row:contains('bash'):contains('5.2.15')",
            },
        ]),
});
