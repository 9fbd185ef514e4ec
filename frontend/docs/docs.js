/** The API's description, drawn by the vendored Swagger UI: no other host is asked. */

const { SwaggerUIBundle } = /** @type {{SwaggerUIBundle: (options: object) => void}} */ (
  /** @type {unknown} */ (window)
);

SwaggerUIBundle({
  url: "../openapi.json",
  dom_id: "#docs",
  validatorUrl: null, // the badge would ask a server on the internet
  defaultModelsExpandDepth: 0,
});
