DECLARE
    v_order_id UUID;
    v_item JSONB;
    v_total DECIMAL(10,2) := 0;
BEGIN
    INSERT INTO orders (user_id, shipping_address_id, payment_method_id, total_amount)
    VALUES (p_user_id, p_shipping_address_id, p_payment_method_id, 0)
    RETURNING id INTO v_order_id;
    FOR v_item IN SELECT * FROM jsonb_array_elements(p_items)
    LOOP
        INSERT INTO order_items (order_id, product_id, quantity, price)
        VALUES (v_order_id, (v_item->>'product_id')::UUID, (v_item->>'quantity')::INT, (v_item->>'price')::DECIMAL);
        v_total := v_total + ((v_item->>'price')::DECIMAL * (v_item->>'quantity')::INT);
    END LOOP;
    UPDATE orders SET total_amount = v_total WHERE id = v_order_id;
    INSERT INTO order_status_history (order_id, status, changed_by) VALUES (v_order_id, 'pending', p_user_id);
    RETURN v_order_id;
END;
