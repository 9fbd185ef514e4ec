/** The speed slider: logarithmic, and at its end as fast as possible. */
import { placeOf, valueAt } from './scale.js';

const RANGE = { minimum: 1, maximum: 1000, log: true, integer: false };
const STOPS = 60;
export const SPEED_RANGE = { ...RANGE, stops: STOPS };

/** The slider's place of a speed; null is as fast as possible. @param {number | null} speed */
export const placeOfSpeed = (speed) => (speed === null ? STOPS : Math.round(placeOf(speed, RANGE) * (STOPS - 1)));

/** @param {number} place @returns {number | null} */
export const speedAt = (place) => (place >= STOPS ? null : Math.round(valueAt(place / (STOPS - 1), RANGE)));
