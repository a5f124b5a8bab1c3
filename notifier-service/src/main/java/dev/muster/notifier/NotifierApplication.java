package dev.muster.notifier;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the notifier.
@SpringBootApplication
class NotifierApplication {

    static void main(String[] args) {
        SpringApplication.run(NotifierApplication.class, args);
    }
}
