/** @odoo-module **/

import {withTimeout} from "@connector_ocs/../tests/tours/with_timeout";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("connector_ocs_merge", {
    url: "/odoo/action-connector_ocs_merge.ocs_duplicates_action",
    steps: () =>
        withTimeout([
            {
                content: "Open an asset that has a duplicate",
                trigger:
                    ".o_data_row .o_data_cell[name='ocs_duplicate_reason']:contains('Same serial number as “PC-OLD”')",
                run: "click",
            },
            {
                content: "Open its duplicates",
                trigger: "button[name='action_ocs_merge']:contains('1')",
                run: "click",
            },
            {
                content: "The asset that users worked with is kept",
                trigger:
                    ".modal .o_field_widget[name='summary']:contains('“PC-OLD”'):contains('is kept')",
            },
            {
                content: "Both assets are compared",
                trigger:
                    ".modal .o_field_widget[name='comparison']:contains('PC-NEW') th:contains('PC-OLD'):contains('Kept')",
            },
            {
                content: "Their names differ",
                trigger: ".modal .table-warning:contains('PC-NEW')",
            },
            {
                content: "Merge",
                trigger: ".modal button[name='action_merge']",
                run: "click",
            },
            {
                content: "The kept asset is open, and the merge is in its chatter",
                trigger: ".o-mail-Message:contains('was merged into this one')",
            },
            {
                content: "It no longer has duplicates; open its merges",
                trigger:
                    ".o_form_view:not(:has(button[name='action_ocs_merge'])) button[name='action_ocs_view_merges']:contains('1')",
                run: "click",
            },
            {
                content: "Open the merge",
                trigger:
                    ".o_data_row .o_data_cell[name='destination_id']:contains('PC-OLD')",
                run: "click",
            },
            {
                content: "Undo it",
                trigger: "button[name='action_undo']",
                run: "click",
            },
            {
                content: "Confirm",
                trigger: ".modal-footer .btn-primary",
                run: "click",
            },
            {
                content: "It is undone",
                trigger:
                    ".o_form_view:not(:has(button[name='action_undo'])) .o_field_widget[name='undone_by']",
            },
        ]),
});

registry.category("web_tour.tours").add("connector_ocs_merge_several", {
    url: "/odoo/action-connector_ocs_merge.ocs_duplicates_action",
    steps: () =>
        withTimeout([
            {
                content: "Select all assets that have duplicates",
                trigger:
                    ".o_list_view:has(.o_data_row:nth-child(6)) thead .o_list_record_selector input",
                run: "click",
            },
            {
                content: "Merge them",
                trigger: ".o_control_panel button[name='action_ocs_merge']",
                run: "click",
            },
            {
                content: "One pair is not clear",
                trigger: ".modal .o_data_row:contains('PC-3'):contains('UUIDs differ')",
            },
            {
                content: "Merge the others",
                trigger: ".modal button[name='action_merge']",
                run: "click",
            },
            {
                content: "Their merges are listed",
                trigger:
                    ".o_list_view:has(.o_data_row:contains('PC-1')) .o_data_row:contains('PC-2')",
            },
        ]),
});
