"""The fleet's pages: kiosks, one kiosk, enrolment, rings."""
