import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createFormTickets, ticketSeconds } from '../../src/http/form-ticket.ts';
import { createTokenSigner, randomMark } from '../../src/http/signed-token.crypto.ts';

const start = Date.parse('2026-11-02T02:00:00Z');
let now = start;
const ticketsOf = (secret: string) =>
  createFormTickets({
    signer: createTokenSigner(secret, 'form-ticket'),
    clock: { now: () => new Date(now) },
    newMark: randomMark,
  });
const tickets = ticketsOf('one secret of the hospital, at least');

describe('a form’s ticket', () => {
  test('is counted under a name of its own, also by another instance with the same secret', () => {
    now = start;
    const [one, two] = [tickets.issue('surgery outpatient'), tickets.issue('surgery outpatient')];
    const elsewhere = ticketsOf('one secret of the hospital, at least');

    expect(elsewhere.read(one, 'surgery outpatient')).not.toBeNull();
    expect(tickets.read(one, 'surgery outpatient')).toBe(elsewhere.read(one, 'surgery outpatient'));
    expect(tickets.read(one, 'surgery outpatient')).not.toBe(tickets.read(two, 'surgery outpatient'));
  });

  test('is none for another form or department, after six hours, or under another secret', () => {
    now = start;
    const ticket = tickets.issue('surgery outpatient');

    expect(tickets.read(ticket, 'surgery inpatient')).toBeNull();
    expect(tickets.read(ticket, 'internal-medicine outpatient')).toBeNull();
    expect(ticketsOf('another secret of the hospital, 32').read(ticket, 'surgery outpatient')).toBeNull();
    now = start + (ticketSeconds - 1) * 1000;
    expect(tickets.read(ticket, 'surgery outpatient')).not.toBeNull();
    now = start + ticketSeconds * 1000;
    expect(tickets.read(ticket, 'surgery outpatient')).toBeNull();
  });

  test('survives a clock that is set back', () => {
    now = start;
    const ticket = tickets.issue('surgery outpatient');
    now = start - 3_600_000;

    expect(tickets.read(ticket, 'surgery outpatient')).not.toBeNull();
  });

  test('cannot be made, changed or lengthened by anybody else', () => {
    now = start;
    const ticket = tickets.issue('f');
    const changed = fc
      .tuple(fc.nat(ticket.length - 1), fc.constantFrom('a', 'Z', '0', '9', '.', '-', '_'))
      .map(([at, letter]) => ticket.slice(0, at) + letter + ticket.slice(at + 1))
      .filter((other) => other !== ticket);

    fc.assert(
      fc.property(fc.oneof(changed, fc.string({ maxLength: 200 }), fc.constant(`${ticket}.`)), (other) => {
        expect(tickets.read(other, 'f')).toBeNull();
      }),
    );
  });
});
