/** Topic names, their plan, and which shard a task belongs to. */
@NullMarked
package dev.relais.schemas.topic;

import org.jspecify.annotations.NullMarked;
