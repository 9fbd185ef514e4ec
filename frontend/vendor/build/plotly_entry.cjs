// The part of plotly.js that the page draws with: `scatter` is in the core.
const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/contour"),
  require("plotly.js/lib/heatmap"),
  require("plotly.js/lib/quiver"),
  require("plotly.js/lib/scatter3d"),
  require("plotly.js/lib/surface"),
  require("plotly.js/lib/locales/zh-cn"),
]);

module.exports = Plotly;
