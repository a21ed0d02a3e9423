/** @odoo-module **/

import {registry} from "@web/core/registry";
import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";

const ACTION = "/odoo/action-connector_ocs.ocs_import_issue_action";
const BUTTONS =
    "button[name='action_retry'], button[name='action_ignore'], " +
    "button[name='action_create_asset'], button[name='action_import_again'], " +
    "button[name='action_remove'], button[name='action_ocs_link']";

registry.category("web_tour.tours").add("connector_ocs_decide", {
    url: ACTION,
    steps: () =>
        withTimeout([
            {
                content: "Only what needs a person is listed; open the computer",
                trigger:
                    ".o_list_view:not(:has(.o_data_row:contains('PC-3'))) .o_data_row:contains('PC-1') .o_data_cell[name='name']",
                run: "click",
            },
            {
                content: "The form says what to do",
                trigger:
                    ".alert-warning .o_field_widget[name='explanation']:contains('decide which asset')",
            },
            {
                content: "Link the second candidate",
                trigger:
                    ".o_field_widget[name='candidate_ids'] .o_data_row:contains('PC-1-B') button[name='action_ocs_link']",
                run: "click",
            },
            {
                content: "It no longer asks, although no job has run; select the other",
                trigger:
                    ".o_list_view:not(:has(.o_data_row:contains('PC-1'))) .o_data_row:contains('PC-4') .o_list_record_selector input",
                run: "click",
            },
            {
                content: "Retry it",
                trigger: ".o_control_panel button:contains('Retry')",
                run: "click",
            },
            {
                content: "Nothing is left to do; remove the filter",
                trigger: ".o_list_view:has(.o_view_nocontent) .o_facet_remove",
                run: "click",
            },
            {
                content: "The list says who decided what",
                trigger:
                    ".o_data_row:contains('PC-1'):contains('linked it to “PC-1-B”')",
            },
        ]),
});

registry.category("web_tour.tours").add("connector_ocs_reader", {
    url: ACTION,
    steps: () =>
        withTimeout([
            {
                content: "Select a computer: no action refuses",
                trigger: `.o_list_view:not(:has(${BUTTONS})) .o_data_row:contains('PC-4') .o_list_record_selector input`,
                run: "click",
            },
            {
                content: "It is selected; unselect it",
                trigger: `.o_list_view:has(.o_data_row_selected):not(:has(${BUTTONS})) .o_data_row:contains('PC-4') .o_list_record_selector input:checked`,
                run: "click",
            },
            {
                content: "Open the other one",
                trigger:
                    ".o_list_view:not(:has(.o_data_row_selected)) .o_data_row:contains('PC-1') .o_data_cell[name='name']",
                run: "click",
            },
            {
                content: "Its values are shown, without buttons",
                trigger: `.o_form_view:not(:has(${BUTTONS})) .o_field_widget[name='device_id']:contains('PC-1-')`,
            },
        ]),
});

registry.category("web_tour.tours").add("connector_ocs_decide_on_phone", {
    url: ACTION,
    steps: () =>
        withTimeout([
            {
                content: "Cards show whole names and the reason",
                trigger:
                    ".o_kanban_record:contains('PC-1'):contains('Unclear which asset it is')",
                run: "click",
            },
            {
                content: "Link the second candidate",
                trigger:
                    ".o_field_widget[name='candidate_ids'] .o_kanban_record:contains('PC-1-B') button[name='action_ocs_link']",
                run: "click",
            },
            {
                content: "It no longer asks",
                trigger:
                    ".o_kanban_view:not(:has(.o_kanban_record:contains('PC-1'))) .o_kanban_record:contains('PC-4')",
            },
        ]),
});
