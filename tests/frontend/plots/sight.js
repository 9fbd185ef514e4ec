/** Colours as they are seen: CIELAB, CIEDE2000, contrast, and simulated colour blindness. */

/** Linear RGB as seen. Source: Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
 * deficiency", 2009, severity 1.0.
 * @type {Record<string, number[][]>} */
export const sights = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/** @param {string} hex */
function linear(hex) {
  return [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

/** @param {number[]} rgb linear; reference white D65 */
function lab([r, g, b]) {
  const x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047;
  const y = 0.2126729 * r + 0.7151522 * g + 0.072175 * b;
  const z = (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883;
  const [fx, fy, fz] = [x, y, z].map((t) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116));
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** @param {string} hex @param {string} sight */
export function labOf(hex, sight) {
  const rgb = linear(hex);
  return lab(sights[sight].map((row) => Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]))));
}

/** @param {string} hex */
export function toLab(hex) {
  return lab(linear(hex));
}

/** @param {string} a @param {string} b */
export function contrast(a, b) {
  const [x, y] = [a, b].map((hex) => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(x, y) / Math.min(x, y);
}

const RADIANS = Math.PI / 180;

/** @param {number} chroma */
function seventh(chroma) {
  return Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));
}

/** @param {number} b @param {number} a */
function hue(b, a) {
  return a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / RADIANS + 360) % 360;
}

/** @param {number} h1 @param {number} h2 @param {boolean} isGrey */
function hues(h1, h2, isGrey) {
  if (isGrey) return { turn: 0, mean: h1 + h2 };
  let turn = h2 - h1;
  if (turn > 180) turn -= 360;
  if (turn < -180) turn += 360;
  const isNear = Math.abs(h1 - h2) <= 180;
  const mean = isNear ? (h1 + h2) / 2 : h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
  return { turn, mean };
}

/** Source: Sharma, Wu and Dalal, 2005. @param {number[]} p CIELAB @param {number[]} q CIELAB */
export function ciede2000(p, q) {
  const stretch = 1 + 0.5 * (1 - seventh((Math.hypot(p[1], p[2]) + Math.hypot(q[1], q[2])) / 2));
  const [a1, a2] = [stretch * p[1], stretch * q[1]];
  const [c1, c2] = [Math.hypot(a1, p[2]), Math.hypot(a2, q[2])];
  const { turn, mean } = hues(hue(p[2], a1), hue(q[2], a2), c1 * c2 === 0);
  const [light, chroma] = [(p[0] + q[0]) / 2, (c1 + c2) / 2];
  const dHue = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * RADIANS);
  const cos = (/** @type {number} */ degrees) => Math.cos(degrees * RADIANS);
  const t = 1 - 0.17 * cos(mean - 30) + 0.24 * cos(2 * mean) + 0.32 * cos(3 * mean + 6) - 0.2 * cos(4 * mean - 63);
  const rotation = -Math.sin(60 * Math.exp(-(((mean - 275) / 25) ** 2)) * RADIANS) * 2 * seventh(chroma);
  const l = (q[0] - p[0]) / (1 + (0.015 * (light - 50) ** 2) / Math.sqrt(20 + (light - 50) ** 2));
  const c = (c2 - c1) / (1 + 0.045 * chroma);
  const h = dHue / (1 + 0.015 * chroma * t);
  return Math.sqrt(l * l + c * c + h * h + rotation * c * h);
}
