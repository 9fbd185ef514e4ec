/** The part of the global `Plotly` (vendor/plotly/plotly.js) that the page may use. */
type PlotlyFields = Record<string, unknown>;

type PlotlyFigure = { data: PlotlyFields[]; layout?: PlotlyFields; config?: PlotlyFields };

type PlotlyPoint = {
  curveNumber: number;
  pointNumber: number | [number, number];
  x: number;
  y: number;
  z?: number;
  data: PlotlyFields;
};

/** `xvals` and `yvals` hold where the pointer is in data units; `points` is empty off the traces (`clickanywhere`). */
type PlotlyPointerEvent = { event?: MouseEvent; points: PlotlyPoint[]; xvals?: number[]; yvals?: number[] };

interface PlotlyEvents {
  plotly_afterplot: undefined;
  plotly_click: PlotlyPointerEvent;
  plotly_doubleclick: undefined;
  plotly_hover: PlotlyPointerEvent;
  plotly_relayout: PlotlyFields;
  plotly_relayouting: PlotlyFields;
  plotly_unhover: PlotlyPointerEvent;
  plotly_webglcontextlost: PlotlyFields;
}

interface PlotlyElement extends HTMLElement {
  data: PlotlyFields[];
  layout: PlotlyFields;
  on<Name extends keyof PlotlyEvents>(name: Name, handler: (event: PlotlyEvents[Name]) => void): this;
  removeListener<Name extends keyof PlotlyEvents>(name: Name, handler: (event: PlotlyEvents[Name]) => void): this;
  removeAllListeners(name: keyof PlotlyEvents): this;
}

type PlotlyImageOptions = { format?: "png" | "jpeg" | "webp" | "svg"; width?: number; height?: number; scale?: number };

interface PlotlyLibrary {
  readonly version: string;
  newPlot(element: HTMLElement, data: PlotlyFields[], layout?: PlotlyFields, config?: PlotlyFields): Promise<PlotlyElement>;
  react(element: HTMLElement, data: PlotlyFields[], layout?: PlotlyFields, config?: PlotlyFields): Promise<PlotlyElement>;
  restyle(element: HTMLElement, change: PlotlyFields, traces?: number | number[]): Promise<PlotlyElement>;
  relayout(element: HTMLElement, change: PlotlyFields): Promise<PlotlyElement>;
  update(element: HTMLElement, data: PlotlyFields, layout: PlotlyFields, traces?: number | number[]): Promise<PlotlyElement>;
  purge(element: HTMLElement): void;
  toImage(figure: HTMLElement | PlotlyFigure, options?: PlotlyImageOptions): Promise<string>;
  readonly Plots: { resize(element: HTMLElement): Promise<unknown> };
}

declare var Plotly: PlotlyLibrary;
