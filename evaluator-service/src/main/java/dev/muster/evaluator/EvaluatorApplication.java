package dev.muster.evaluator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/// Starts the evaluator.
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(EvaluatorSettings.class)
class EvaluatorApplication {

    public static void main(String[] args) {
        SpringApplication.run(EvaluatorApplication.class, args);
    }
}
