/**
 * The engine adapter: start with {@link dev.slipway.core.engine.docker.DockerEngine}. Requests go
 * over docker-java's transport; bodies are JSON trees, since engines from 20.10 to 29 differ in the
 * fields they send and typed answers lose what they do not know. Attach and exec use a connection
 * of their own, because only that can end standard input. Policy (names, order, retirement) belongs
 * to the scheduler.
 */
@NullMarked
package dev.slipway.core.engine.docker;

import org.jspecify.annotations.NullMarked;
