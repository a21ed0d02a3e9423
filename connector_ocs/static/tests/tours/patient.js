/** @odoo-module **/

/**
 * Let each step wait as long as a step may: how fast a machine is says nothing about
 * what is on the screen.
 *
 * @param {Object[]} steps of a tour
 * @returns {Object[]}
 */
export function patient(steps) {
    return steps.map((step) => ({timeout: 60000, ...step}));
}
