import type { LocalizedText } from '../shared/localized-text.ts';
import { callSituations, openingSteps, situationOf } from './call-script.ts';
import type { CallScript } from './call-script.ts';
import type { SurveyForm, SurveyItem } from './survey-form.ts';

/** One text of a form and where it stands. */
export interface PlacedText {
  readonly pointer: string;
  readonly text: LocalizedText;
}

function placed(pointer: string, text: LocalizedText | null | undefined): PlacedText[] {
  return text ? [{ pointer, text }] : [];
}

function itemTexts(item: SurveyItem, pointer: string): PlacedText[] {
  const unit = typeof item.responsibleUnit === 'string' ? undefined : item.responsibleUnit.name;
  const branches = item.unfolding?.branches ?? [];
  return [
    ...placed(`${pointer}/text`, item.text),
    ...placed(`${pointer}/label`, item.label),
    ...placed(`${pointer}/script`, item.script),
    ...placed(`${pointer}/responsibleUnit/name`, unit),
    ...item.options.flatMap((option, index) => placed(`${pointer}/options/${index}/text`, option.text)),
    ...placed(`${pointer}/unfolding/question`, item.unfolding?.question),
    ...branches.flatMap(({ text }, index) => placed(`${pointer}/unfolding/branches/${index}/text`, text)),
    ...branches.flatMap(({ question }, index) =>
      placed(`${pointer}/unfolding/branches/${index}/question`, question),
    ),
  ];
}

function scriptTexts(script: CallScript | undefined): PlacedText[] {
  if (!script) return [];
  return [
    ...openingSteps.flatMap((step) => placed(`/script/${step}`, script[step])),
    ...callSituations.flatMap((situation) => {
      const { say, afterwards } = situationOf(script, situation);
      const at = `/script/${situation}`;
      if (!afterwards) return placed(at, say);
      return placed(`${at}/say`, say).concat(placed(`${at}/afterwards`, afterwards));
    }),
    ...placed('/script/closing', script.closing),
  ];
}

/** Every text of a form that a person may read or hear. */
export function textsOf(form: SurveyForm): readonly PlacedText[] {
  return [
    ...placed('/patientGroupName', form.patientGroupName),
    ...placed('/title', form.title),
    ...placed('/introduction', form.introduction),
    ...placed('/satisfiedRule', form.satisfiedRule),
    ...scriptTexts(form.script),
    ...form.items.flatMap((item, index) => itemTexts(item, `/items/${index}`)),
  ];
}
