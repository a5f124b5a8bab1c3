package dev.muster.service;

import java.util.List;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/// Limits and problems of the HTTP side.
@AutoConfiguration(
        before = {JacksonAutoConfiguration.class, WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@EnableConfigurationProperties({HttpSettings.class, JsonSettings.class})
class WebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StrictJson strictJson(JsonSettings settings) {
        return new StrictJson(settings);
    }

    /// Takes the place of Boot's, so that every body that Spring reads is read within the limits.
    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    @ConditionalOnMissingBean
    JsonMapper.Builder jsonMapperBuilder(
            JsonSettings settings, ObjectProvider<JsonMapperBuilderCustomizer> customizers) {
        var builder = StrictJson.builder(settings);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @EnableConfigurationProperties(WebProperties.class)
    static class Servlet {

        @Bean
        ProblemWriter problemWriter(JsonMapper json) {
            return new ProblemWriter(json);
        }

        @Bean
        @ConditionalOnMissingBean
        ProblemHandler problemHandler() {
            return new ProblemHandler();
        }

        @Bean
        @ConditionalOnMissingBean(ErrorController.class)
        ProblemErrorController problemErrorController(
                ErrorAttributes attributes, WebProperties web, ObjectProvider<ErrorViewResolver> resolvers) {
            return new ProblemErrorController(
                    attributes, web.getError(), resolvers.orderedStream().toList());
        }

        @Bean
        FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(HttpSettings settings, ProblemWriter problems) {
            var filter = new BodyLimitFilter(settings, problems);
            var registration = new FilterRegistrationBean<>(filter);
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
            registration.setUrlPatterns(List.of("/*"));
            return registration;
        }

        /// Names of things may hold a slash, which comes encoded as `%2F` and stays within its part of the
        /// path.
        @Bean
        WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> encodedSlashes() {
            return tomcat -> tomcat.addConnectorCustomizers(
                    connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue()));
        }

        /// Within the valve that Boot adds, which would answer with a page.
        @Bean
        WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> problemsOfTomcat(JsonMapper json) {
            return tomcat -> tomcat.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new ProblemValve(json)));
        }
    }
}
