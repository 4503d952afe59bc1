import { defineSearchAttributeKey } from '@temporalio/common';

/** How a project manager finds a workflow. Values are never encrypted, so none is personal. */
export const customerKey = defineSearchAttributeKey('Customer', 'KEYWORD');
export const phaseKey = defineSearchAttributeKey('Phase', 'KEYWORD');
/** `customer` or `speakap`, with the role that must act. */
export const waitingOnKey = defineSearchAttributeKey('WaitingOn', 'KEYWORD');
/** `on track`, `at risk`, `late`, `blocked`, `paused`. */
export const healthKey = defineSearchAttributeKey('Health', 'KEYWORD');
/** Staff id of the project manager. */
export const managerKey = defineSearchAttributeKey('Manager', 'KEYWORD');
export const dueDateKey = defineSearchAttributeKey('DueDate', 'DATETIME');
export const goLiveKey = defineSearchAttributeKey('GoLive', 'DATETIME');
/** Number of the latest concept mapping. */
export const iterationKey = defineSearchAttributeKey('Iteration', 'INT');
export const openQuestionsKey = defineSearchAttributeKey('OpenQuestions', 'INT');
