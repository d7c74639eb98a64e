// C0, C1 and bidirectional controls: a name from a webhook must not drive the terminal it is shown on.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly what is removed
const controls = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Outside text as it may be shown. */
export const safeText = (text: string): string => text.replace(controls, '\ufffd');
