import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { WrittenAnswer } from '../survey-responses/written-answer.ts';

/** Why words are not released. */
export const withholdReasons = [
  'identifies-patient',
  'about-third-person',
  'complaint-path',
  'offensive',
  'not-about-department',
  'says-nothing',
] as const;

/** 会认出患者, 涉及他人, 转投诉处理, 侮辱性, 与本科室无关, 没有内容. */
export type WithholdReason = (typeof withholdReasons)[number];

/** Where in an answer the words stand: its comment, its praise, or a question answered in words. */
export type CommentKind = 'comment' | 'praise' | 'text';

/** 原话: one piece of words of one answer, as the patient wrote it. Only the office reads it. */
export interface Comment {
  /** Submission id and place in the answer: `a2b9….comment`, `a2b9….praise`, `a2b9….text.advice`. */
  readonly id: string;
  readonly submissionId: string;
  readonly kind: CommentKind;
  readonly departmentCode: string;
  readonly period: ReportingPeriod;
  readonly formId: string;
  readonly formVersion: number;
  readonly patientGroup: string;
  readonly receivedAt: Date;
  /** Whether the patient let the words be published. */
  readonly mayPublish: boolean;
  readonly text: string;
}

/** What the office decided about a comment. */
export type CommentState = 'released' | 'withheld';

/** What became of a comment; kept in one place, under the id of the comment. */
export interface CommentDecision {
  readonly id: string;
  readonly departmentCode: string;
  readonly period: ReportingPeriod;
  readonly patientGroup: string;
  readonly kind: CommentKind;
  readonly state: CommentState;
  /** What the department reads; null when withheld. */
  readonly text: string | null;
  readonly reason: WithholdReason | null;
  /** Hash of the words that were decided about: a decision about other words, such as those before an erasure, is none. */
  readonly wordsHash: string;
  /** 1, 2, …: which decision it is. */
  readonly revision: number;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

/** Whether a question is confidential: its words are for the disciplinary office alone and never stand here. */
export type IsConfidential = (formId: string, formVersion: number, item: string) => boolean;

/** The pieces of words of an answer. */
export function commentsOf(answer: WrittenAnswer, isConfidential: IsConfidential): readonly Comment[] {
  const { submissionId, departmentCode, period, formId, formVersion, patientGroup, receivedAt } = answer;
  const place = { submissionId, departmentCode, period, formId, formVersion, patientGroup, receivedAt };
  const piece = (kind: CommentKind, suffix: string, text: string | null | undefined): readonly Comment[] =>
    text
      ? [{ ...place, id: `${submissionId}.${suffix}`, kind, mayPublish: answer.mayPublish === true, text }]
      : [];
  return [
    ...piece('comment', 'comment', answer.comment),
    ...piece('praise', 'praise', answer.praise?.text),
    ...answer.texts
      .filter(({ item }) => !isConfidential(formId, formVersion, item))
      .flatMap(({ item, text }) => piece('text', `text.${item}`, text)),
  ];
}

/** A comment, and what was decided about it as it stands now. */
export interface JudgedComment {
  readonly comment: Comment;
  readonly decision: CommentDecision | null;
  /** What the next decision must have seen: revision of the last one, 0 when there was none. */
  readonly seen: number;
}

/** SHA-256 of words. */
export type HashWords = (text: string) => string;

/** Each comment with the decision about it; one about words that have changed since does not stand. */
export function judged(
  comments: readonly Comment[],
  decisions: readonly CommentDecision[],
  hashWords: HashWords,
): readonly JudgedComment[] {
  const byId = new Map(decisions.map((decision) => [decision.id, decision]));
  return comments.map((comment) => {
    const last = byId.get(comment.id);
    const stands = last?.wordsHash === hashWords(comment.text);
    return { comment, decision: last && stands ? last : null, seen: last?.revision ?? 0 };
  });
}

/** The answer a comment is of. */
export function submissionOf(commentId: string): string {
  return commentId.split('.', 1)[0] ?? '';
}
