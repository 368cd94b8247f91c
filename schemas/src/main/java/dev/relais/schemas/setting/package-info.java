/** Settings of every part: environment and properties file, unknown keys refused. */
@NullMarked
package dev.relais.schemas.setting;

import org.jspecify.annotations.NullMarked;
