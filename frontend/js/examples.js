/** Formulas to begin with. */

/** @type {readonly {expression: string, title: import('./types.js').Bilingual}[]} */
export const formulaExamples = [
  { expression: '(1-x)^2 + 100*(y-x^2)^2', title: { en: 'A curved valley', zh: '弯曲的山谷' } },
  { expression: 'a*x^2 + b*y^2', title: { en: 'A bowl with two sliders', zh: '带两个滑块的碗' } },
  { expression: 'sin(3*x)*cos(3*y) + (x^2 + y^2)/4', title: { en: 'Many basins', zh: '多个盆地' } },
  { expression: 'x^2 + sin(5*x)', title: { en: 'One variable', zh: '一个变量' } },
  { expression: 'x - log(x) + y^2', title: { en: 'Undefined where x is negative', zh: 'x 为负时没有定义' } },
];
