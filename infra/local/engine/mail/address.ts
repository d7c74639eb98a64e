/** `Ada <ada@example.com>` or a bare address: the bare address. */
export const bareAddress = (address: string): string => (/<([^<>]*)>\s*$/.exec(address)?.[1] ?? address).trim();
export const domainOf = (address: string): string => bareAddress(address).split('@').at(-1) ?? '';
