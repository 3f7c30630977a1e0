<?php
// Stands in for Contact Form 7, which Debian does not package: what it prints when a form was deleted.
add_shortcode('contact-form-7', fn () => '<p class="wpcf7-contact-form-not-found"><strong>Error:</strong>'
    . ' Contact form not found.</p>');
