/** How a consumer uses this jar. */
@NullMarked
package dev.relais.schemas.example;

import org.jspecify.annotations.NullMarked;
