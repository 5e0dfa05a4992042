import { DomainError } from '../shared/domain-error.ts';
import type { FollowUpCall } from './follow-up-call.ts';

/** Whether a call is no longer worked: closed, or past its last day. */
export function isOver(call: Pick<FollowUpCall, 'state' | 'closesOn'>, today: string): boolean {
  return call.state === 'closed' || call.closesOn < today;
}

/** The conflict of working on a call that has ended. */
export function callClosed(): DomainError {
  return new DomainError('conflict', 'call_closed', 'This call is closed: nobody needs to call any more.');
}

/** The conflict of working on a call another person has. */
export function callClaimed(): DomainError {
  return new DomainError('conflict', 'call_claimed', 'Somebody else is making this call right now.');
}

/** The conflict of working on a call one has not taken, or has no longer. */
export function callNotYours(): DomainError {
  return new DomainError('conflict', 'call_not_yours', 'Take the call from the worklist first.');
}
