const answersOfEach = 20;
const fixedEvery = 5;
const dimensions = ['service', 'quality', 'ethics'] as const;

const words = (zhHans: string, zhHant: string, en: string): Readonly<Record<string, string>> => ({
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  en,
});

const options = [
  { code: 'very-dissatisfied', text: words('非常不满意', '非常不滿意', 'Very dissatisfied'), score: 0 },
  { code: 'dissatisfied', text: words('不满意', '不滿意', 'Dissatisfied'), score: 25 },
  { code: 'neutral', text: words('一般', '一般', 'Neither'), score: 50 },
  { code: 'satisfied', text: words('满意', '滿意', 'Satisfied'), score: 75, satisfied: true },
  {
    code: 'very-satisfied',
    text: words('非常满意', '非常滿意', 'Very satisfied'),
    score: 100,
    satisfied: true,
    topBox: true,
  },
];

/** Every fifth item is answered for by a fixed unit; the last one is the form's overall question. */
function item(n: number): unknown {
  const last = n === answersOfEach;
  const fixed = { fixed: `unit-${n}`, name: words(`部门${n}`, `部門${n}`, `Unit ${n}`) };
  return {
    code: `item-${n}`,
    kind: 'choice',
    dimension: last ? 'overall' : dimensions[n % dimensions.length],
    responsibleUnit: n % fixedEvery === 0 && !last ? fixed : 'department',
    text: words(`第${n}项满意吗?`, `第${n}項滿意嗎?`, `Item ${n}?`),
    label: words(`第${n}项`, `第${n}項`, `Item ${n}`),
    optionSet: 'satisfaction5',
    ...(last && { required: true }),
  };
}

/** The file of an inpatient form of 20 choice items, whatever the shipped forms ask at the moment. */
export function benchFormText(): string {
  return JSON.stringify({
    id: 'inpatient',
    version: 1,
    patientGroup: 'inpatient',
    patientGroupName: words('住院', '住院', 'Inpatients'),
    effectiveFrom: '2026-01-01',
    title: words('测速问卷', '測速問卷', 'Benchmark form'),
    introduction: words('测速用', '測速用', 'For measuring'),
    satisfiedRule: words('满意和非常满意', '滿意和非常滿意', 'Satisfied and very satisfied'),
    optionSets: { satisfaction5: { stem: ['满意'], order: 'worst-first', options } },
    items: Array.from({ length: answersOfEach }, (_, index) => item(index + 1)),
  });
}
