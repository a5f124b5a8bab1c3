<#-- docs/licences.md, written by `mvn -P release -DskipTests package`. -->
# Licences

What the jars of Muster are built on, and under which terms. `mvn -P release -DskipTests package` writes this page from the descriptors of the
libraries; each jar also holds its own parts as CycloneDX in `META-INF/sbom/application.cdx.json`.

| library | version | licence |
|---|---|---|
<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
| ${(project.groupId)!}:${(project.artifactId)!} | ${(project.version)!} | <#list entry.getValue() as licence>${licence}<#if licence_has_next>, </#if></#list> |
</#list>
