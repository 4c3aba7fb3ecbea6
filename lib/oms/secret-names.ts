/** Whether a variable or key of this name holds something that must not be shown. */
export function looksSecret(name: string): boolean {
  return /passw|passphrase|pwd|secret|token|credential|private_?key|access_?key/i.test(name);
}
