package dev.muster.engine.fact;

/// What one subject that an entity claims has told about one fact.
///
/// @param subject such as `repo:github.com/acme/payments`
/// @param state the register of that fact
public record SubjectFact(String subject, FactState state) {}
