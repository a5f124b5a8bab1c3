/// The portal against a real broker and database.
@org.jspecify.annotations.NullUnmarked
package dev.muster.portal;
