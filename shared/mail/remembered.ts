/** Keeps what was made for a key: an Intl formatter takes longer to make than a mail to fill. Starts afresh when full, so that no input can make it grow. */
export const remembered = <T>(make: (key: string) => T, capacity = 500): ((key: string) => T) => {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= capacity) made.clear();
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
};
