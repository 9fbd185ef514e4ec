/**
 * The shapes that cross module borders. Names on the wire are the contract's own.
 *
 * @typedef {'en' | 'zh'} Language
 * @typedef {'light' | 'dark'} Theme
 * @typedef {'log' | 'linear'} LossScale
 * @typedef {Record<string, string>} Strings
 * @typedef {{en: string, zh: string}} Bilingual
 *
 * @typedef {number | boolean | string | null | Array<number | null>} Value
 * @typedef {Record<string, Value>} Hyperparameters
 *
 * @typedef {object} HyperparameterRow one control of an optimizer, as the catalogue describes it
 * @property {string} name
 * @property {string} type
 * @property {Value} default
 * @property {number | null} minimum
 * @property {number | null} maximum
 * @property {string | null} scale
 * @property {boolean} required
 * @property {boolean} [nullable]
 * @property {string[] | null} [choices]
 * @property {boolean} [editable] whether an edit can change it in the middle of a run
 * @property {Value} [example] a value that works
 *
 * @typedef {object} OptimizerRow
 * @property {string} id
 * @property {Bilingual} title
 * @property {HyperparameterRow[]} hyperparameters
 * @property {Bilingual | null} [note]
 * @property {boolean} needs_closure
 * @property {boolean} [supports_maximize]
 * @property {string} source
 *
 * @typedef {number | boolean | string | Array<number | string>} ModelValue what shapes a model
 * @typedef {Record<string, ModelValue>} Settings
 *
 * @typedef {object} ParameterRow one parameter of an objective
 * @property {string} name
 * @property {string} [type] number, integer, boolean, choice, sizes or choices
 * @property {Bilingual} title
 * @property {any} default
 * @property {number | null} minimum
 * @property {number | null} maximum
 * @property {string | null} scale
 * @property {number} [max_length] of sizes and choices
 * @property {Array<{id: string, title: Bilingual}>} [choices]
 * @property {string} [group]
 * @property {Record<string, ModelValue[]>} [when] shown only where another parameter has one of these values
 *
 * @typedef {{optimizer: string, hyperparameters: Hyperparameters, label?: string | null}} SuggestedDescent
 * @typedef {{steps: number, speed: number | null, descents: SuggestedDescent[]}} Suggested the race that a model is taught with
 *
 * @typedef {object} Objective an objective as the server describes it
 * @property {string} id
 * @property {string} kind
 * @property {Bilingual} title
 * @property {string} latex
 * @property {number} dim
 * @property {Array<[number, number]>} domain
 * @property {number[]} start
 * @property {Array<{theta: number[], loss: number}>} minima
 * @property {string} source
 * @property {Bilingual | null} [note]
 * @property {ParameterRow[]} parameters
 * @property {string[]} [theta_names] what each component of theta is called
 * @property {string[]} [extra_columns] of models: what is recorded beside the loss
 * @property {Settings} [values] the parameters in force
 * @property {Suggested} [suggested] of models
 * @property {any} [data] of models: what they are fitted to
 * @property {string} [loss] of models
 * @property {Array<{id: string, title: Bilingual}>} [losses] of models
 * @property {number | null} [batch_size] of models
 * @property {{minimum: number, maximum: number} | null} [batch] of models
 * @property {number[] | null} [truth] of models
 * @property {any} [equation] of models
 * @property {string} [expression] of formulas
 * @property {number} [rate] of formulas: what plain gradient descent can bear, as the page found it
 *
 * @typedef {{objectives: Objective[], optimizers: OptimizerRow[]}} Catalogue
 *
 * @typedef {object} Descent one card: what the recipe says, and how the page shows it
 * @property {string} key names the card for as long as it lives
 * @property {number} slot colour, dash and marker
 * @property {string | null} label null: made from the optimizer
 * @property {string} optimizer
 * @property {Hyperparameters} hyperparameters
 * @property {boolean} maximize
 * @property {boolean} zero_grad
 * @property {number | null} clip_grad_norm
 * @property {boolean} visible
 * @property {boolean} tuned a person has set the learning rate, so the page no longer suggests one
 *
 * @typedef {{kind: 'function', id: string, parameters: Record<string, number>}} FunctionRef
 * @typedef {{kind: 'formula', expression: string, constants: Record<string, number>, variables?: string[],
 *   domain?: Array<[number, number]>}} FormulaRef
 * @typedef {{set?: string, parameters?: Record<string, number>, seed?: number, table?: string, columns?: string[],
 *   rows?: Array<Array<number | string | null>>, inputs?: string[], target?: string, test_fraction?: number}} Data
 * @typedef {{kind: 'model', id: string, parameters: Settings, data?: Data, loss?: string, batch_size?: number}} ModelRef
 * @typedef {FunctionRef | FormulaRef | ModelRef} ObjectiveRef an objective as the wire has it
 *
 * @typedef {object} Recipe
 * @property {ObjectiveRef} objective
 * @property {number[] | null} start null: the objective's own
 * @property {number} seed
 * @property {number} steps
 * @property {Descent[]} descents
 *
 * @typedef {{variables: string[], constants: Record<string, number>, latex: string, gradient_latex: string[] | null,
 *   hessian_latex: string[][] | null, objective: Objective}} TypesetFormula
 *
 * @typedef {{name: string, type: 'number' | 'label', num_distinct: number, minimum: number | null, maximum: number | null, labels: string[] | null}} TableColumn
 * @typedef {{id: string, columns: TableColumn[], num_rows: number, delimiter: string, has_header: boolean, preview: Array<Array<number | string>>}} Table
 *
 * @typedef {object} Plane as the server describes it; directions: null where it is spanned by axes
 * @property {string} kind axes, random, pca, hessian or directions
 * @property {number[] | null} axes the components of theta that vary
 * @property {number[]} anchor the point through which it goes
 * @property {number[][] | null} directions theta = anchor + u directions[0] + v directions[1]
 * @property {string[]} names of u and v
 * @property {number[] | null} explained of principal components: each one's share of the squared distances from the anchor
 * @property {number[] | null} eigenvalues of eigenvectors of the Hessian
 * @property {Array<[number, number]>} range
 *
 * @typedef {object} Problem an error as the server tells it (application/problem+json)
 * @property {number} status
 * @property {string} title
 * @property {string} detail
 * @property {string} code
 * @property {string | null} [parameter]
 * @property {unknown} [allowed]
 * @property {number | null} [column] of a formula, in characters from 1; of a table, in columns from 1
 * @property {number | null} [line] of a table, from 1
 *
 * @typedef {object} DescentState
 * @property {string} state
 * @property {string | null} reason
 * @property {number} num_steps_done
 *
 * @typedef {object} RunView what the page knows of the run on show
 * @property {string} id
 * @property {string} state
 * @property {string | null} reason
 * @property {string[]} keys the card of each descent, in the run's order
 * @property {DescentState[]} descents
 * @property {number} steps
 *
 * @typedef {{phase: string, code: number | null}} Connection
 * @typedef {{id: number, tone: 'info' | 'error', text: string}} Toast
 * @typedef {'fit' | 'map'} Side what stands beside the landscape of a model
 * @typedef {object} PlaneChoice
 * @property {'axes' | 'random' | 'pca' | 'hessian'} kind
 * @property {number[]} axes two components of theta
 * @property {number} seed of random directions
 * @property {'start' | 'current' | 'end'} anchor
 * @property {number} descent whose point the anchor is, in the order of the cards
 * @property {boolean} follow whether the plane goes along with that point
 *
 * @typedef {{theme: Theme | null, language: Language | null, lossScale: LossScale, side: Side, plane: PlaneChoice | null}} View plane: null for the usual one
 * @typedef {{isBusy: boolean, isAwaited: boolean, share: number, isStale: boolean}} SurfaceView isAwaited: a person has asked for it; share: of the drawing that is done; isStale: what is there is of another objective
 *
 * @typedef {object} State everything the page shows, but for the paths
 * @property {Catalogue | null} catalogue
 * @property {Recipe} recipe
 * @property {number | null} speed steps per second; null: as fast as possible
 * @property {boolean} playing what the person wants, not what the server does
 * @property {View} view
 * @property {Objective | null} objective the objective at the recipe's parameters
 * @property {string | null} panel the part of the objective that is open for a change
 * @property {import('./plots/fit_data.js').FitData | null} points what the model on show is fitted to
 * @property {import('./sketch.js').Sketch | null} sketch points that are being clicked
 * @property {import('./upload.js').Upload | null} upload a table on its way to be data
 * @property {SurfaceView} surface how far the landscape is drawn
 * @property {RunView | null} run
 * @property {Connection} connection
 * @property {Record<string, string>} faults the server's sentence by field
 * @property {Record<string, string>} drafts what the page says of a text that no one has taken over yet, by field; empty while it is typed
 * @property {Toast[]} toasts
 * @property {string | null} selected key of the card under the pointer
 *
 * @typedef {object} Frame consecutive rows of one descent, as columns
 * @property {number} descent
 * @property {number} first_step
 * @property {number} count
 * @property {Float64Array} loss
 * @property {Float64Array} theta
 * @property {Float64Array} grad
 * @property {Float64Array} grad_norm
 * @property {Float64Array} lr
 */

export {};
