/** How many runs a property test makes: `quick` in `npm test`, `deep` in `npm run test:deep`. */
export function deepRuns(quick: number, deep: number): number {
  return process.env['DEEP'] === '1' ? deep : quick;
}
