import type { Principal } from '../shared/principal.ts';
import { may } from './policy.ts';
import type { Action } from './policy.ts';

/** One place a member of staff can go to; its words are `staff:links.<key>.label` and `.hint`. */
export interface StaffLink {
  readonly key:
    | 'worklist'
    | 'red-flags'
    | 'paper'
    | 'scorecards'
    | 'deliveries'
    | 'contacts'
    | 'erasure'
    | 'retention'
    | 'posters'
    | 'comments'
    | 'consents'
    | 'imports'
    | 'calendar'
    | 'operation'
    | 'departments'
    | 'staff'
    | 'accounts'
    | 'apiKeys'
    | 'audit'
    | 'confidential'
    | 'mailbox';
  readonly href: string;
  readonly action: Action;
}

const staffLinks: readonly StaffLink[] = [
  { key: 'worklist', href: '/worklist', action: 'follow-up-call.work' },
  { key: 'red-flags', href: '/red-flags', action: 'red-flag.read' },
  { key: 'paper', href: '/paper', action: 'survey-response.enter' },
  { key: 'scorecards', href: '/scorecards', action: 'scorecard.read' },
  { key: 'deliveries', href: '/office/deliveries', action: 'delivery.read' },
  { key: 'contacts', href: '/office/contacts', action: 'contact.handle' },
  { key: 'erasure', href: '/office/erasure', action: 'erasure.manage' },
  { key: 'posters', href: '/office/posters', action: 'department.read' },
  { key: 'consents', href: '/office/consents', action: 'consent.manage' },
  { key: 'comments', href: '/office/comments', action: 'comment.release' },
  { key: 'imports', href: '/office/imports', action: 'import.read' },
  { key: 'calendar', href: '/office/calendar', action: 'calendar.manage' },
  { key: 'operation', href: '/office/operation', action: 'operation.switch' },
  { key: 'departments', href: '/admin/departments', action: 'department.manage' },
  { key: 'staff', href: '/admin/staff', action: 'staff-member.read' },
  { key: 'accounts', href: '/admin/accounts', action: 'account.manage' },
  { key: 'apiKeys', href: '/admin/api-keys', action: 'api-key.manage' },
  { key: 'retention', href: '/admin/retention', action: 'retention.read' },
  { key: 'confidential', href: '/confidential-answers', action: 'confidential-answer.read' },
  { key: 'audit', href: '/audit', action: 'audit.read' },
  { key: 'mailbox', href: '/mailbox', action: 'mailbox.read' },
];

/** The places a person may go to, and no others; the mailbox only where the service has one. */
export function staffLinksOf(principal: Principal, showMailbox: boolean): readonly StaffLink[] {
  return staffLinks.filter(({ key, action }) => may(principal, action) && (key !== 'mailbox' || showMailbox));
}

/**
 * Where a person's day begins: the page of the one role they hold, the landing page for who holds several, and for the office,
 * which has many. An administrator begins with the accounts.
 */
export function firstPageOf(principal: Principal): string {
  const held = new Set(principal.roles.map(({ role }) => role));
  if (held.size !== 1 || held.has('office') || principal.mustChangePassword) return '/home';
  if (held.has('admin')) return '/admin/accounts';
  return staffLinksOf(principal, false)[0]?.href ?? '/home';
}
