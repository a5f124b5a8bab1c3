/// What every service does the same: connections, topics at start, health, problems, tokens, limits.
///
/// It comes as auto-configuration: a service that has this on its class path has all of it, and replaces
/// what it wants to by a bean or a property of its own. Nothing here knows what a service is for.
///
/// Start reading at [dev.muster.service.KafkaConnectionAutoConfiguration].
@NullMarked
package dev.muster.service;

import org.jspecify.annotations.NullMarked;
